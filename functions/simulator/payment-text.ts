import { decimalText, shortDecimalText } from './money-text.ts';
import type { Movement } from './movement.ts';
import { timeText } from './time-text.ts';

/** The payment as its producer publishes it: JSON text. */
export function paymentText(movement: Movement): string {
  const { method, producer, merchant } = movement;
  let text = `{"transaction_id":${JSON.stringify(movement.transaction_id)},"event_time":"${eventTime(movement)}"`;
  if (movement.kind !== 'payment' || !producer.implies_kind) text += `,"kind":"${movement.kind}"`;
  text += `,${amountText(movement)},"currency":"${movement.currency}","customer_id":${JSON.stringify(movement.customer_id)},"merchant_id":${JSON.stringify(movement.merchant_id)}`;
  if (movement.original_transaction_id !== null) text += `,"original_transaction_id":${JSON.stringify(movement.original_transaction_id)}`;
  text += `,"payment_method":"${method.payment_method}","country":"${merchant.country}","region":"${merchant.market.region}"`;
  if (method.device_id !== '') text += `,"device_id":"${method.device_id}","ip_address":"${method.ip_address}"`;
  if (method.payment_method === 'card') {
    text += `,"payment_method_brand":"${method.brand}","card_country":"${method.card_country}","card_bin":"${method.card_bin}","card_last4":"${method.card_last4}"`;
  }
  text += `,"producer":"${producer.name}","channel":"${producer.channel}","mcc":"${merchant.trade.mcc}"`;
  if (movement.fields !== null) text += fieldsText(movement.fields);
  if (movement.metadata !== null) text += `,"metadata":${JSON.stringify(movement.metadata)}`;
  return `${text}}`;
}

/** event_time as it is printed. */
function eventTime(movement: Movement): string {
  return movement.event_text ?? timeText(movement.event_time, movement.offset, movement.producer.digits);
}

function amountText({ minor, exponent, producer }: Movement): string {
  switch (producer.amounts) {
    case 'minor':
      return `"amount_minor":${minor},"amount_exponent":${exponent}`;
    case 'short':
      return `"amount":"${shortDecimalText(minor, exponent)}"`;
    default:
      return `"amount":"${decimalText(minor, exponent)}"`;
  }
}

function fieldsText(fields: Readonly<Record<string, string>>): string {
  let text = '';
  for (const [name, value] of Object.entries(fields)) text += `,${JSON.stringify(name)}:${JSON.stringify(value)}`;
  return text;
}

/** The same payment with its keys the other way round. */
export function inOtherKeyOrder(text: string): string {
  return JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text) as object).reverse()));
}

/** The same payment with its amount written another way: 10.50 for 10.5, 10.5 for 10.50, a decimal string for minor units. */
export function withOtherDecimals(text: string, { minor, exponent, producer }: Movement): string {
  const payment = JSON.parse(text) as Record<string, unknown>;
  delete payment['amount_minor'];
  delete payment['amount_exponent'];
  const short = shortDecimalText(minor, exponent);
  payment['amount'] = producer.amounts !== 'decimal' || short === decimalText(minor, exponent) ? withZero(minor, exponent) : short;
  return JSON.stringify(payment);
}

/** With one digit more than the currency has: fine as long as it is zero. */
function withZero(minor: bigint, exponent: number): string {
  return exponent === 0 ? `${minor}.0` : `${decimalText(minor, exponent)}0`;
}
