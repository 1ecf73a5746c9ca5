import { addressOf } from './addresses.ts';
import { drawAmount } from './amounts.ts';
import type { Merchant } from './merchants.ts';
import type { Method, Movement } from './movement.ts';
import { MARKETS } from './markets.ts';
import type { Producer } from './producers.ts';
import type { Tally } from './tally.ts';
import type { World } from './world.ts';
import { offsetAt, ZONES } from './zones.ts';

const BRANDS = ['visa', 'mastercard', 'visa', 'mastercard', 'amex'] as const;
const METHODS = ['card', 'card', 'card', 'card', 'card', 'wallet', 'direct_debit', 'bank_transfer'] as const;

/** A sale at a merchant, not published yet. Counted in what the rates speak of, unless it is from the opening book. */
export function makeSale(world: World, at: number, merchant: Merchant, counted = true): Movement {
  const { rates, tally } = world;
  const random = world.streams.sales;
  const drawn = drawAmount(merchant, rates.price_points, random);
  const customer = random.below(world.customers);
  const address = addressOf(customer, merchant.country, rates.ip_country_differs);
  const method = { ...methodOf(customer, merchant), ip_address: address.text };
  const card = method.payment_method === 'card';
  const nothing = card && random.chance(rates.zero_amount);
  const elsewhere = random.chance(rates.settlement_currency_differs);
  if (counted) countSale(tally, merchant, { card, nothing, elsewhere, address_abroad: address.abroad, ...drawn });
  const metadata = elsewhere ? { settlement_currency: merchant.market.currency === 'EUR' ? 'USD' : 'EUR' } : null;
  const base = makeMovement(world, at, merchant, merchant.producer);
  return { ...base, minor: nothing ? 0n : drawn.minor, method, customer_id: customerId(method), metadata };
}

function countSale(tally: Tally, merchant: Merchant, sale: { card: boolean; nothing: boolean; elsewhere: boolean; address_abroad: boolean; free: boolean; price_point: boolean }): void {
  tally.count('sales');
  tally.count(merchant.market.rate === 'currency_tail' ? 'sales_tail' : `sales_${merchant.market.currency}`);
  if (sale.card) tally.count('card_sales');
  if (sale.nothing) tally.count('zero_amount');
  if (sale.free) tally.count('free_price');
  if (sale.price_point) tally.count('price_point');
  if (sale.elsewhere) tally.count('settled_elsewhere');
  if (sale.address_abroad) tally.count('address_abroad');
}

/** A movement of a merchant with nothing in it yet but an id, a time, a currency and who publishes it. */
export function makeMovement(world: World, at: number, merchant: Merchant, producer: Producer): Movement {
  const { market } = merchant;
  return {
    transaction_id: world.nextId(producer),
    kind: 'payment',
    minor: 0n,
    currency: market.currency,
    exponent: market.exponent,
    event_time: cut(at, producer),
    offset: producer.clock === 'local' ? localOffset(merchant, at) : null,
    event_text: null,
    customer_id: `acct-${merchant.id}`,
    merchant_id: merchant.id,
    original_transaction_id: null,
    merchant,
    producer,
    method: NO_METHOD,
    fields: null,
    metadata: null,
    identity: { posted: null },
  };
}

/** The same movement with another time in event_time, as its producer would print it. */
export function redated(movement: Movement, at: number): Movement {
  return { ...movement, event_time: cut(at, movement.producer), offset: movement.offset === null ? null : localOffset(movement.merchant, at) };
}

const NO_METHOD: Method = { payment_method: 'bank_transfer', brand: '', card_bin: '', card_last4: '', card_country: '', device_id: '', ip_address: '' };

function cut(at: number, producer: Producer): number {
  const step = producer.digits === 0 ? 1_000_000 : producer.digits === 3 ? 1000 : 1;
  return Math.floor(at / step) * step;
}

function localOffset(merchant: Merchant, at: number): number {
  const zone = ZONES.find((one) => one.name === merchant.market.zone) ?? ZONES[0];
  return offsetAt(zone, at);
}

/** A customer keeps card and device; both follow from the number. One in twelve pays with a card from abroad. */
function methodOf(customer: number, merchant: Merchant): Omit<Method, 'ip_address'> {
  const mixed = (Math.imul(customer + 1, 0x9e37_79b1) ^ (customer >>> 3)) >>> 0;
  const brand = BRANDS[mixed % BRANDS.length] as string;
  const abroad = (mixed >>> 5) % 12 === 0;
  return {
    payment_method: METHODS[(mixed >>> 8) % METHODS.length] as Method['payment_method'],
    brand,
    card_bin: `${brand === 'visa' ? 4 : brand === 'amex' ? 37 : 52}${String(1000 + (mixed % 89) * 97).padStart(4, '0')}0`.slice(0, 6),
    card_last4: String((mixed >>> 7) % 10_000).padStart(4, '0'),
    card_country: abroad ? (MARKETS[(mixed >>> 11) % MARKETS.length]?.countries[0] ?? 'DE') : merchant.country,
    device_id: `d-${mixed.toString(36)}`,
  };
}

function customerId(method: Method): string {
  return `C-${method.device_id.slice(2)}`;
}
