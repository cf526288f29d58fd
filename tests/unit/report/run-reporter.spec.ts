import { expect, test } from '@playwright/test';
import type { FullResult } from '@playwright/test/reporter';
import RunReporter from '../../../helpers/report/run-reporter.ts';

const nothingRan: FullResult = { status: 'failed', startTime: new Date(), duration: 0 };

test.describe('run reporter', () => {
  test.describe.configure({ mode: 'default' });

  const endOf = async (message: string): Promise<string> => {
    const reporter = new RunReporter({ target: 'reference', seed: 1 });
    const printed: string[] = [];
    const { log } = console;
    console.log = (text: string) => printed.push(text);
    try {
      reporter.onError({ message });
      await reporter.onEnd(nothingRan);
    } finally {
      console.log = log;
    }
    return printed.join('\n');
  };

  test('run whose options match no test gets no verdict', async () => {
    expect(await endOf('Error: No tests found')).toBe('');
    expect(await endOf('Error: No tests found.\nMake sure that arguments are regular expressions')).toBe('');
  });
});
