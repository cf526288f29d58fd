import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { strToU8, zipSync } from 'fflate';
import { findInOutputs } from './find-in-outputs.ts';

const needle = 'needle "in" <a> haystack/+%';

test.describe('search through outputs', () => {
  test('search finds a text in every encoding, in archives and in data URLs', ({}, testInfo) => {
    const folder = path.join(testInfo.outputDir, 'outputs', 'deeper');
    mkdirSync(folder, { recursive: true });
    const archive = zipSync({ 'report.json': strToU8(`{"a":${JSON.stringify(needle)}}`) });
    const files: Readonly<Record<string, string | Uint8Array>> = {
      plain: `a ${needle} b`,
      json: JSON.stringify({ a: JSON.stringify({ b: needle }) }),
      html: '<p>needle &quot;in&quot; &lt;a&gt; haystack/+%</p>',
      url: encodeURIComponent(needle),
      basic: `Basic ${Buffer.from(`user:${needle}`).toString('base64')}`,
      basic2: Buffer.from(`us:${needle}!`).toString('base64'),
      basic3: Buffer.from(`u:${needle}!!`).toString('base64'),
      utf16: Buffer.from(needle, 'utf16le'),
      zip: archive,
      page: `<template>data:application/zip;base64,${Buffer.from(archive).toString('base64')}</template>`,
    };
    for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
    writeFileSync(path.join(folder, 'nothing'), 'needle in haystack');
    const { found, files: count } = findInOutputs([path.join(testInfo.outputDir, 'outputs')], [needle]);
    for (const name of Object.keys(files)) expect.soft(found.join('\n'), name).toMatch(new RegExp(`/${name}[:!]`));
    expect(found.join('\n')).not.toContain('/nothing');
    expect(count).toBe(14);
  });
});
