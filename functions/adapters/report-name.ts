/** Parts with `/` between them, each of letters, digits, `.`, `_` and `-`, none beginning with a dot: it stays in its folder, and any file system and web address can hold it. */
const NAME = /^(?!.{201})[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;

/** Throws RangeError for a name that no report may have. */
export function requireReportName(name: string): void {
  if (!NAME.test(name)) throw new RangeError(`a report's name is parts of letters, digits, ., _ and -, with / between them, at most 200 characters; not ${JSON.stringify(name)}`);
}
