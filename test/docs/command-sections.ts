import { Command } from 'commander';
import { COMMANDS } from '../../functions/local/main.ts';
import { SETTINGS } from '../../functions/local/settings.ts';
import { bare, readDocument, section, tableRows } from './markdown.ts';

export const COMMANDS_PAGE = readDocument('docs/commands.md');

/** One option, as the code or the page has it: flags with the placeholder, and what is printed as its default. */
export interface DocumentedOption {
  readonly flags: string;
  readonly default: string;
}

/** A command as the program or the page describes it. */
export interface DocumentedCommand {
  readonly name: string;
  readonly usage: string;
  readonly options: readonly DocumentedOption[];
  /** It takes every setting of the protocol. */
  readonly takesSettings: boolean;
}

const SETTING_FLAGS = new Set(SETTINGS.map((rule) => rule.flag));

/** Every command of the program, from what `--help` is printed from. */
export function programCommands(): DocumentedCommand[] {
  const program = new Command('payments');
  for (const add of COMMANDS) add(program, () => undefined);
  return program.commands.map((command) => {
    const settings = command.options.filter((option) => SETTING_FLAGS.has(option.long!));
    return {
      name: command.name(),
      usage: `payments ${command.name()} ${command.usage()}`,
      options: command.options
        .filter((option) => !SETTING_FLAGS.has(option.long!))
        .map((option) => ({ flags: option.flags, default: option.mandatory ? 'required' : defaultText(option.defaultValue) })),
      takesSettings: settings.length === SETTINGS.length,
    };
  });
}

/** Every command that the page has a section for. */
export function pageCommands(): DocumentedCommand[] {
  const names = [...COMMANDS_PAGE.matchAll(/^## (\S+)$/gm)].map((found) => found[1]!).filter((name) => name !== 'Settings');
  return names.map((name) => {
    const text = section(COMMANDS_PAGE, `## ${name}`);
    const rows = optionRows(text);
    return {
      name,
      usage: /^    (payments .*)$/m.exec(text)?.[1] ?? '',
      options: rows.filter(([option]) => option!.startsWith('`--')).map(([option, standard]) => ({ flags: bare(option!), default: standard! })),
      takesSettings: rows.some(([option]) => option === '[settings](#settings)'),
    };
  });
}

/** Exit codes that the page names for a command. */
export function documentedExits(name: string): number[] {
  return tableRows(section(COMMANDS_PAGE, `## ${name}`)).filter((row) => row.length === 2).map(([code]) => Number(code));
}

/** The commands that the page gives as examples, without `npm run payments --` or `npm start --`. */
export function examples(): string[] {
  return [...COMMANDS_PAGE.matchAll(/^    npm (?:run payments|(start)) -- (?!COMMAND)(.+)$/gm)].map(([, start, rest]) => `${start ? 'start ' : ''}${rest}`);
}

function optionRows(text: string): string[][] {
  return tableRows(text).filter((row) => row.length === 3);
}

function defaultText(value: unknown): string {
  if (value === undefined || (typeof value === 'object' && value !== null)) return '';
  return String(value);
}
