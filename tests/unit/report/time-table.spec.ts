import { expect, test } from '@playwright/test';
import { timeTable } from '../../../helpers/report/time-table.ts';

test.describe('time table', () => {
  test('time table lists the parts, their sum and the 10 slowest files, slowest first', () => {
    const parts = [
      { title: 'typecheck', passed: true, seconds: 12.4, cpuSeconds: 10 },
      { title: 'lint', passed: true, seconds: 100, cpuSeconds: 99.6 },
    ];
    const files = Array.from({ length: 12 }, (_, index) => ({ file: `${index}.spec.ts`, seconds: index + 0.25 }));
    const lines = timeTable(parts, files, 101).split('\n');
    expect(lines.slice(0, 7)).toEqual([
      'where the time went:',
      '  typecheck       12 s    10 s CPU',
      '  lint           100 s   100 s CPU',
      '  all together   101 s   110 s CPU',
      'slowest test files:',
      '    11.3 s  11.spec.ts',
      '    10.3 s  10.spec.ts',
    ]);
    expect(lines).toHaveLength(15);
  });

  test('time table leaves out processor time and files that are not known', () => {
    expect(timeTable([{ title: 'lint', passed: true, seconds: 3 }], [], 3)).toBe(
      'where the time went:\n  lint             3 s\n  all together     3 s',
    );
  });
});
