import type { Currency } from './currencies.ts';

/**
 * Codes that ISO 4217 withdrew since 2002 (list three): `code exponent last-day+1 successor`. Where only the month of the withdrawal is
 * published, the first day after that month. Exponents are those in use at the end. A payment dated before that day is good for ever:
 * files come late, and refunds of old payments name the old currency.
 */
const TABLE = `
ADP 0 2002-03-01 EUR
AFA 2 2003-02-01 AFN
ANG 2 2025-03-31 XCG
ATS 2 2002-03-01 EUR
AZM 2 2006-01-01 AZN
BEF 0 2002-03-01 EUR
BGL 2 2003-12-01 BGN
BGN 2 2026-01-01 EUR
BYR 0 2017-01-01 BYN
CHC 2 2004-12-01 CHW
CSD 2 2006-11-01 RSD
CUC 2 2021-07-01 CUP
CYP 2 2008-01-01 EUR
DEM 2 2002-03-01 EUR
EEK 2 2011-01-01 EUR
ESP 0 2002-03-01 EUR
FIM 2 2002-03-01 EUR
FRF 2 2002-03-01 EUR
GHC 2 2008-01-01 GHS
GRD 0 2002-03-01 EUR
HRK 2 2023-01-01 EUR
IEP 2 2002-03-01 EUR
ITL 0 2002-03-01 EUR
LTL 2 2015-01-01 EUR
LUF 0 2002-03-01 EUR
LVL 2 2014-01-01 EUR
MGF 0 2005-01-01 MGA
MRO 2 2018-01-01 MRU
MTL 2 2008-01-01 EUR
MZM 2 2006-07-01 MZN
NLG 2 2002-03-01 EUR
PTE 0 2002-03-01 EUR
ROL 2 2005-07-01 RON
RUR 2 2004-02-01 RUB
SDD 2 2007-08-01 SDG
SIT 2 2007-01-01 EUR
SKK 2 2009-01-01 EUR
SLL 2 2024-04-01 SLE
SRG 2 2004-01-01 SRD
STD 2 2018-01-01 STN
TMM 2 2009-01-01 TMT
TPE 0 2002-12-01 USD
TRL 0 2006-01-01 TRY
USS 2 2014-04-01 USN
VEB 2 2008-01-01 VEF
VEF 2 2018-08-20 VES
YUM 2 2003-08-01 CSD
ZMK 2 2013-01-01 ZMW
ZWD 2 2008-09-01 ZWR
ZWL 2 2024-09-01 ZWG
ZWN 2 2008-09-01 ZWR
ZWR 2 2009-07-01 ZWL
`;

export const WITHDRAWN_CURRENCIES: readonly Currency[] = TABLE.trim().split('\n').map((line) => {
  const [code, exponent, until, successor] = line.split(' ') as [string, string, string, string];
  return { code, exponent: Number(exponent), valid_from: null, valid_until: until, successor };
});
