// Python writes small decimals, zero with nine digits among them, with an exponent: 0E-9. BigQuery never does.
const WITH_EXPONENT = /("v":\s*")(-?)(\d)(?:\.(\d+))?E-(\d+)(")/g;

/** An answer's rows with every such decimal written out. */
export function plainDecimals(body: string): string {
  return body.replace(WITH_EXPONENT, (_all, before: string, sign: string, first: string, rest: string | undefined, exponent: string, after: string) => {
    const digits = `${first}${rest ?? ''}`;
    const fraction = `${'0'.repeat(Number(exponent) - 1)}${digits}`.replace(/0+$/, '');
    return `${before}${fraction === '' ? '0' : `${sign}0.${fraction}`}${after}`;
  });
}
