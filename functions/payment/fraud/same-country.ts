/** True where two country codes are equal, whatever their case. */
export function sameCountry(one: string, other: string): boolean {
  return one === other || one.toUpperCase() === other.toUpperCase();
}
