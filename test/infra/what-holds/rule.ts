import type { RecordedStack } from '../recorded-stack.ts';

/** What must hold of a stack, whatever its configuration. `check` throws where it doesn't. */
export interface StackRule {
  readonly name: string;
  readonly check: (stack: RecordedStack) => void;
}

/** Resources of the configuration that Pulumi.prod.yaml gives are protected; those of Pulumi.dev.yaml go with the stack. */
export function isProtected({ configuration }: RecordedStack): boolean {
  return configuration.protected;
}
