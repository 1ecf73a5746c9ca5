/** Ids compared within one file. Prevents a file of any size from filling memory: 5 million take 200 MB. */
const MAX_COMPARED_IDS = 5_000_000;

/** An id that came before: where, and whether its content was the same. */
export interface Earlier {
  readonly line_number: number;
  readonly same: boolean;
}

export interface SeenIds {
  /**
   * Notes an id by the first 16 bytes of its hash, with the first 4 of its content's, and says where it came first; null where
   * it is new (or where MAX_COMPARED_IDS others are kept already).
   */
  see(idHash: Buffer, contentHash: Buffer, line: number): Earlier | null;
  /** Ids that were neither found nor kept, as there was no more room. */
  notKept(): number;
}

/** Whole words of 4 bytes in a slot: four of the id, one of the content, the line (0 in a free slot). */
const SLOT_WORDS = 6;
const FIRST_SLOTS = 1 << 12;
/** Slots are doubled when this many in ten are taken. */
const FULL_AT_TENTHS = 7;

/** A set of hashes in one block of memory, looked through from the slot that a hash's first bytes name. */
export function seenIds(limit = MAX_COMPARED_IDS): SeenIds {
  let slots = FIRST_SLOTS;
  let words = new Uint32Array(slots * SLOT_WORDS);
  let kept = 0;
  let notKept = 0;

  function grow(): void {
    const old = words;
    slots *= 2;
    words = new Uint32Array(slots * SLOT_WORDS);
    for (let from = 0; from < old.length; from += SLOT_WORDS) {
      if (old[from + 5] === 0) continue;
      const to = slotOf(words, slots, old[from]!, old[from + 1]!, old[from + 2]!, old[from + 3]!);
      words.set(old.subarray(from, from + SLOT_WORDS), to);
    }
  }

  return {
    see(idHash, contentHash, line) {
      const [a, b, c, d] = [idHash.readUInt32LE(0), idHash.readUInt32LE(4), idHash.readUInt32LE(8), idHash.readUInt32LE(12)];
      const content = contentHash.readUInt32LE(0);
      const at = slotOf(words, slots, a, b, c, d);
      if (words[at + 5] !== 0) return { line_number: words[at + 5]!, same: words[at + 4] === content };
      if (kept >= limit) {
        notKept += 1;
        return null;
      }
      words.set([a, b, c, d, content, line], at);
      kept += 1;
      if (kept * 10 > slots * FULL_AT_TENTHS) grow();
      return null;
    },
    notKept: () => notKept,
  };
}

/** Where an id stands, or the free slot where it belongs. There is always a free one. */
function slotOf(words: Uint32Array, slots: number, a: number, b: number, c: number, d: number): number {
  for (let slot = a % slots; ; slot = (slot + 1) % slots) {
    const at = slot * SLOT_WORDS;
    if (words[at + 5] === 0) return at;
    if (words[at] === a && words[at + 1] === b && words[at + 2] === c && words[at + 3] === d) return at;
  }
}
