import { describe, expect, test } from 'vitest';
import { shellPlaceholdersIn } from '../../lib/contracts/rules/shell';

describe('a placeholder is in the script of a shell', () => {
  test.each([
    [['sh', '-c', 'run Ref::day']],
    [['/bin/bash', '-c', 'run "Ref::day"']],
    [['zsh', '-lc', 'run Ref::day']],
    [['dash', '-e', '-c', 'run Ref::day']],
    [['ash', '-c', '-e', 'run Ref::day']],
    [['bash', '-euo', 'pipefail', '-c', 'run Ref::day']],
    [['bash', '-euxoc', 'pipefail', 'run Ref::day']],
    [['bash', '+x', '-o', 'errexit', '-c', '--', 'run Ref::day']],
    [['bash', '--rcfile', '/etc/profile', '--login', '-c', 'run Ref::day']],
    [['ksh', '-c', '-', 'run Ref::day']],
    [['/usr/bin/env', 'A=1', 'bash', '-c', 'run Ref::day']],
    [['busybox', 'sh', '-c', 'run Ref::day']],
    [['cmd', '/S', '/C', 'run', 'Ref::day']],
    [['C:\\Windows\\System32\\cmd.exe', '/k', 'run Ref::day']],
    [['powershell', '-NoProfile', '-Command', 'run', 'Ref::day']],
    [['pwsh.exe', '-c', 'run Ref::day']],
  ])('%j', (command) => {
    expect(shellPlaceholdersIn(command)).toEqual(['day']);
  });
});

describe('a placeholder is an argument', () => {
  test.each([
    [['run', 'Ref::day']],
    [['sh', '-c', 'run "$1"', 'report', 'Ref::day']],
    [['sh', '-c', 'run "$1"', 'sh', '-c', 'Ref::day']],
    [['bash', '-euo', 'pipefail', '-c', 'run "$1"', 'report', 'Ref::day']],
    [['bash', 'run.sh', 'Ref::day']],
    [['bash', 'run.sh', '-c', 'Ref::day']],
    [['sh', '--', '-c', 'Ref::day']],
    [['bash', '-o', 'Ref::day', '-c', 'run']],
    [['sh', '-c']],
    [['sh', '-c', '--']],
    [['bash']],
    [['ffmpeg', '-c', 'Ref::codec']],
    [['python', 'push', '-c', 'Ref::day']],
    [['cmd', 'Ref::day']],
    [['powershell', '-File', 'run.ps1', 'Ref::day']],
    [[]],
  ])('%j', (command) => {
    expect(shellPlaceholdersIn(command)).toEqual([]);
  });
});
