/** This machine has no Pulumi that serves, and how to get one. */
export class MissingPulumi extends Error {
  readonly fix: string;
  constructor(message: string, fix: string) {
    super(message);
    this.name = 'MissingPulumi';
    this.fix = fix;
  }
}

/** A command of Pulumi that works. */
export interface Pulumi {
  readonly command: string;
  /** As it says itself: `3.250.0`. */
  readonly version: string;
}
