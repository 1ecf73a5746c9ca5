import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../functions/config.ts';
import { formatDuration, formatSetting, SETTINGS } from '../../functions/local/settings.ts';
import { COMMANDS_PAGE, pageCommands, programCommands } from './command-sections.ts';
import { bare, readDocument, section, tableRows } from './markdown.ts';

/** Defaults that a command works out itself, so that `--help` doesn't name them. */
const WORKED_OUT = new Map([['ingest --clock <clock>', 'message'], ['report --format <format>', 'text']]);

const program = programCommands();
const page = pageCommands();

test('docs/commands.md has a section for each command, in the order of --help', () => {
  expect(page.map((one) => one.name)).toEqual(program.map((one) => one.name));
});

describe('docs/commands.md has usage and options as --help has them', () => {
  test.each(program.map((command) => [command.name, command] as const))('%s', (name, command) => {
    const options = command.options.map((option) => ({ ...option, default: WORKED_OUT.get(`${name} ${option.flags}`) ?? option.default }));
    expect(page.find((one) => one.name === name)).toEqual({ ...command, options });
  });
});

test('docs/commands.md has every setting with its default and bounds', () => {
  const rows = tableRows(section(COMMANDS_PAGE, '## Settings')).map(([flags, standard, bounds]) => [bare(flags!).split(' ')[0], standard, bounds]);
  const expected = SETTINGS.map((rule) => {
    const bounds = rule.between ? `${formatDuration(rule.between[0])} to ${formatDuration(rule.between[1])}` : rule.choices ? '' : '1 to 200 characters';
    return [rule.flag, formatSetting(DEFAULT_SETTINGS[rule.name]), bounds];
  });
  expect(rows).toEqual(expected);
});

test('README.md has a line for each command', () => {
  const rows = tableRows(section(readDocument('README.md'), '## Commands')).map(([command]) => bare(command!).split(' ')[0]);
  expect(rows.sort()).toEqual(program.map((one) => one.name).sort());
});
