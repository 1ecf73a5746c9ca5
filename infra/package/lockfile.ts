/** The part of package-lock.json that is read here. https://docs.npmjs.com/cli/configuring-npm/package-lock-json */
export interface Lockfile {
  readonly name?: string;
  readonly lockfileVersion: number;
  readonly requires?: boolean;
  /** By the folder that a package is installed in; ours is ''. */
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

export interface LockedPackage {
  readonly name?: string;
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  /** Nothing but our tests and tools asks for it. */
  readonly dev?: boolean;
}

/** What a function's folder says to npm and to the platform. */
export interface Description {
  readonly name: string;
  readonly private: true;
  readonly type: 'module';
  readonly main: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

/**
 * A function's package.json and package-lock.json: one dependency, the framework, at the version that we test with, and what that asks for.
 * There is no script, so that nothing of ours is run when the platform builds it. Throws where our lockfile lacks something.
 */
export function packageFiles(name: string, framework: string, ours: Lockfile): { readonly description: Description; readonly lockfile: Lockfile } {
  const version = ours.packages[`node_modules/${framework}`]?.version;
  if (version === undefined) throw new Error(`package-lock.json lacks ${framework}`);
  const dependencies = { [framework]: version };
  const found = new Map<string, LockedPackage>();
  collect(`node_modules/${framework}`, ours, found);
  const packages = Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, { dev: _dev, ...locked }]) => [path, locked]));
  return {
    description: { name, private: true, type: 'module', main: 'index.mjs', dependencies },
    lockfile: { name, lockfileVersion: ours.lockfileVersion, requires: true, packages: { '': { name, dependencies }, ...packages } },
  };
}

/** Adds a package, and everything that it asks for. */
function collect(path: string, ours: Lockfile, found: Map<string, LockedPackage>): void {
  const locked = ours.packages[path]!;
  if (found.has(path)) return;
  found.set(path, locked);
  for (const wanted of Object.keys({ ...locked.dependencies, ...locked.optionalDependencies })) collect(placeOf(wanted, path, ours), ours, found);
}

/** Where npm finds a package that one at `path` asks for: in its own folder, else in those around it. */
function placeOf(wanted: string, path: string, { packages }: Lockfile): string {
  for (let around = path; around !== ''; around = around.slice(0, Math.max(0, around.lastIndexOf('/node_modules/')))) {
    if (packages[`${around}/node_modules/${wanted}`]) return `${around}/node_modules/${wanted}`;
  }
  if (packages[`node_modules/${wanted}`] === undefined) throw new Error(`package-lock.json lacks ${wanted}, which ${path} asks for`);
  return `node_modules/${wanted}`;
}
