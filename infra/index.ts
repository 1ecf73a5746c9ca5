import * as pulumi from '@pulumi/pulumi';
import { readStackConfiguration, StackFault } from './configuration.ts';
import { missingPackages } from './packages.ts';
import { defineStack } from './stack.ts';

/** Where `npm run build` puts the functions, seen from this folder: Pulumi runs the program in it. */
const PACKAGES = '../dist/functions';

/** Keys that were set with `--secret`. Their values come in clear text with the others, and Pulumi has no public function that tells them apart. */
const SECRET_KEYS = JSON.parse(process.env.PULUMI_CONFIG_SECRET_KEYS ?? '[]') as string[];

const configuration = readStackConfiguration(pulumi.runtime.allConfig(), SECRET_KEYS);
const missing = missingPackages(PACKAGES);
if (missing.length > 0) throw new StackFault(missing);

export const { paymentsTopic, deadLettersTopic, parkedDeadLetters, publishTestPayment, ledger, financeDataset, reports, dashboard } = defineStack(configuration, { stack: pulumi.getStack(), packages: PACKAGES });
