import type * as pulumi from '@pulumi/pulumi';
import type { StackConfiguration } from './configuration.ts';

/** What every part of the stack stands on. */
export interface Context {
  readonly configuration: StackConfiguration;
  /** On every resource that takes labels. */
  readonly labels: Readonly<Record<string, string>>;
  readonly project_number: pulumi.Output<string>;
}

/** Resources to be there first. */
export type After = readonly pulumi.Resource[];

/** Options of what can be made again without a loss. */
export function replaceable(parent: pulumi.Resource, after: After = []): pulumi.CustomResourceOptions {
  return { parent, dependsOn: [...after] };
}

/**
 * Options of what holds data: in a protected stack Pulumi refuses to delete it, and what is taken out of the program stays where it is.
 * `pulumi destroy --skip-preview` deletes the rest before it comes to the refusal: docs/deploy.md.
 */
export function stateful({ configuration }: Context, parent: pulumi.Resource, after: After = []): pulumi.CustomResourceOptions {
  return { ...replaceable(parent, after), protect: configuration.protected, retainOnDelete: configuration.protected };
}
