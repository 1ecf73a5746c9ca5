import { counted } from '../../figures.ts';
import { maskRawText } from '../../payment/card-data.ts';
import { sha256 } from '../../payment/sha256.ts';
import type { Books, SqlRow } from '../../ports.ts';

/** What a rejected message says, as far as it may be shown. */
export interface PublishedText {
  readonly message_id: string;
  /** As published, card data masked; cut to TEXT_SHOWN characters. */
  readonly text: string;
  /** True where there is more of it. */
  readonly cut: boolean;
}

/** Characters shown of a rejected message: enough to see what it is. Prevents one message from filling the terminal. */
const TEXT_SHOWN = 2_000;
/** Messages shown. Prevents a transaction_id of a thousand rejects from reading the archive a thousand times. */
const MESSAGES_SHOWN = 10;
/** Characters at the end of what was looked at that are never shown: a card number may be cut in two there, and escape the mask. */
const BEYOND_THE_CUT = 100;
/** Bytes looked at: so many characters even in UTF-32. */
const BYTES_LOOKED_AT = 4 * (TEXT_SHOWN + BEYOND_THE_CUT);
/** What could be a card number in base64, where the envelope couldn't be read: a run too long for a word. */
const ENCODED = /[A-Za-z0-9+/_=-]{20,}/g;

/**
 * The texts of rejected lines: as the journal keeps them, or, where it keeps none (no text, too long, in no readable envelope), the
 * beginning of the archive's bytes. Card data is masked in both.
 */
export async function publishedTexts(books: Books, lines: readonly SqlRow[]): Promise<PublishedText[]> {
  const texts: PublishedText[] = [];
  for (const line of lines.filter(({ outcome }) => outcome === 'rejected').slice(0, MESSAGES_SHOWN)) {
    const message_id = String(line.message_id);
    if (typeof line.payload === 'string') texts.push({ message_id, ...cutTo(line.payload, TEXT_SHOWN) });
    else {
      const data_sha256 = line.data_sha256 as Uint8Array;
      const [archived] = await books.query('jobs/trace/data-of-message.sql', { message_id, data_sha256 });
      if (archived) texts.push({ message_id, ...unreadable(archived.data as Uint8Array, data_sha256) });
    }
  }
  return texts;
}

/** The beginning of bytes that hold no message. */
function unreadable(data: Uint8Array, data_sha256: Uint8Array): Omit<PublishedText, 'message_id'> {
  const whole = data.length <= BYTES_LOOKED_AT && sha256(data).equals(data_sha256); // of a line over the limit the archive keeps the beginning
  const masked = maskRawText(Buffer.from(data.subarray(0, BYTES_LOOKED_AT)).toString('utf8'));
  const { text, cut } = cutTo(masked, whole ? TEXT_SHOWN : Math.min(TEXT_SHOWN, masked.length - BEYOND_THE_CUT));
  return { text: text.replace(ENCODED, (run) => `[${counted(run.length, 'character')}]`), cut: cut || !whole };
}

function cutTo(text: string, most: number): Omit<PublishedText, 'message_id'> {
  return text.length <= most ? { text, cut: false } : { text: text.slice(0, Math.max(0, most)), cut: true };
}
