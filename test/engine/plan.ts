import { named, short } from './urn.ts';
import type { Workspace } from './workspace.ts';

/** A step as `pulumi preview --json` tells it. https://github.com/pulumi/pulumi/blob/master/sdk/go/common/display/json.go */
interface Step {
  readonly op: string;
  readonly urn: string;
  readonly detailedDiff?: Readonly<Record<string, unknown>> | null;
}

/** Steps that change nothing at Google. */
const NOTHING = ['same', 'refresh'];

/** What Pulumi would do with Google's resources that don't stay as they are, a line each, sorted: `update Topic payments: messageRetentionDuration`. */
export async function plan(workspace: Workspace, stack: string, ...parameters: readonly string[]): Promise<string[]> {
  const { stdout } = await workspace.must(stack, 'preview', '--json', ...parameters);
  const { steps } = JSON.parse(stdout) as { steps: Step[] };
  return steps.filter(({ op, urn }) => !NOTHING.includes(op) && named(urn).type.startsWith('gcp:')).map(lineOf).sort();
}

function lineOf({ op, urn, detailedDiff }: Step): string {
  const paths = Object.keys(detailedDiff ?? {}).sort();
  return `${op} ${short(named(urn))}${paths.length > 0 ? `: ${paths.join(', ')}` : ''}`;
}
