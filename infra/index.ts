import * as pulumi from '@pulumi/pulumi';
import { readStackConfiguration, StackFault } from './configuration.ts';
import { missingPackages } from './packages.ts';
import { defineStack } from './stack.ts';

/** Where `npm run build` puts the functions, seen from this folder: Pulumi runs the program in it. */
const PACKAGES = '../dist/functions';

const configuration = readStackConfiguration(pulumi.runtime.allConfig());
const missing = missingPackages(PACKAGES);
if (missing.length > 0) throw new StackFault(missing);

export const { paymentsTopic, deadLettersTopic, parkedDeadLetters, publishTestPayment, ledger, financeDataset, reports, dashboard } = defineStack(configuration, { stack: pulumi.getStack(), packages: PACKAGES });
