/** The number of every project in tests. */
export const PROJECT_NUMBER = '123456789012';

/** A resource as Google gives it back: what was asked for, and what Google fills in. */
export interface Made {
  readonly id: string;
  readonly state: Readonly<Record<string, unknown>>;
}

/** What Google would have made of a resource's inputs. Only what the program reads is filled in. */
export function made(type: string, name: string, inputs: Readonly<Record<string, unknown>>): Made {
  const { project } = inputs;
  const kind = type.split(':').at(-1);
  switch (kind) {
    case 'Topic':
      return { id: `projects/${project}/topics/${inputs.name}`, state: inputs };
    case 'Account': {
      const email = `${inputs.accountId}@${project}.iam.gserviceaccount.com`;
      return { id: email, state: { ...inputs, email, name: `projects/${project}/serviceAccounts/${email}` } };
    }
    case 'Field':
      return { id: `${inputs.database}/${inputs.collection}/${inputs.field}`, state: inputs };
    case 'Table':
      return { id: `${inputs.datasetId}.${inputs.tableId}`, state: { ...inputs, creationTime: 1_700_000_000_000 } };
    case 'BucketObject':
      return { id: name, state: { ...inputs, generation: 1_700_000_000_000_001 } };
    case 'Repository':
      return { id: `projects/${project}/locations/${inputs.location}/repositories/${inputs.repositoryId}`, state: { ...inputs, name: inputs.repositoryId } };
    case 'NotificationChannel':
      return { id: name, state: { ...inputs, name: `projects/${project}/notificationChannels/${name}` } };
    default:
      return { id: `${inputs.name ?? name}-id`, state: { ...inputs } };
  }
}

/** What Google answers where the program asks for something that it doesn't make. Throws where no answer is known. */
export function answer(token: string): Record<string, unknown> {
  if (token === 'gcp:organizations/getProject:getProject') return { number: PROJECT_NUMBER };
  if (token === 'gcp:bigquery/getDefaultServiceAccount:getDefaultServiceAccount') return { email: `bq-${PROJECT_NUMBER}@bigquery-encryption.iam.gserviceaccount.com` };
  if (token === 'gcp:storage/getProjectServiceAccount:getProjectServiceAccount') return { emailAddress: `service-${PROJECT_NUMBER}@gs-project-accounts.iam.gserviceaccount.com` };
  throw new Error(`the program asks for ${token}: no answer is known`);
}
