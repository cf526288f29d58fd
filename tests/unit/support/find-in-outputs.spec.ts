import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { findInOutputs } from './find-in-outputs.ts';

const needle = 'needle "in" <a> haystack/+%';

/** A zip archive of one packed file. */
const zipOf = (name: string, content: string): Buffer => {
  const packed = deflateRawSync(content);
  const local = Buffer.alloc(30);
  local.write('PK\x03\x04', 'latin1');
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.write('PK\x01\x02', 'latin1');
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(packed.length, 20);
  central.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(local.length + name.length + packed.length, 16);
  return Buffer.concat([local, Buffer.from(name), packed, central, Buffer.from(name), end]);
};

test.describe('search through outputs', () => {
  test('search finds a text in every encoding, in archives and in data URLs', ({}, testInfo) => {
    const folder = path.join(testInfo.outputDir, 'outputs', 'deeper');
    mkdirSync(folder, { recursive: true });
    const archive = zipOf('report.json', `{"a":${JSON.stringify(needle)}}`);
    const files: Readonly<Record<string, string | Buffer>> = {
      plain: `a ${needle} b`,
      json: JSON.stringify({ a: JSON.stringify({ b: needle }) }),
      html: '<p>needle &quot;in&quot; &lt;a&gt; haystack/+%</p>',
      url: encodeURIComponent(needle),
      basic: `Basic ${Buffer.from(`user:${needle}`).toString('base64')}`,
      basic2: Buffer.from(`us:${needle}!`).toString('base64'),
      basic3: Buffer.from(`u:${needle}!!`).toString('base64'),
      utf16: Buffer.from(needle, 'utf16le'),
      zip: archive,
      page: `<template>data:application/zip;base64,${archive.toString('base64')}</template>`,
    };
    for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
    writeFileSync(path.join(folder, 'nothing'), 'needle in haystack');
    const { found, files: count } = findInOutputs([path.join(testInfo.outputDir, 'outputs')], [needle]);
    for (const name of Object.keys(files)) expect.soft(found.join('\n'), name).toMatch(new RegExp(`/${name}[:!]`));
    expect(found.join('\n')).not.toContain('/nothing');
    expect(count).toBe(14);
  });
});
