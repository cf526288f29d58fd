import { test } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import { isRecord, parseJson, valueAt } from '../../../helpers/text/json.ts';

test.describe('json', () => {
  test('text that is not JSON is parsed as undefined', () => {
    for (const text of ['', ' ', '{', "{'a':1}", 'NaN', 'undefined', '<html>', '{"a":1}x', '\uFEFF{}'])
      expect.soft(parseJson(text), text).toBeUndefined();
  });

  test('JSON text is parsed as its value', () => {
    expect(['{"a":[1]}', 'null', '0', '""', 'false', ' [] '].map(parseJson)).toEqual([
      { a: [1] },
      null,
      0,
      '',
      false,
      [],
    ]);
  });

  test('objects are records; null, arrays, functions and primitives are not', () => {
    expect([{}, { a: 1 }, Object.create(null)].map(isRecord)).toEqual([true, true, true]);
    expect([null, undefined, [], 'text', 1, () => 1].map(isRecord)).toEqual(Array.from({ length: 6 }, () => false));
  });

  for (const [path, value] of [
    ['id', 1],
    ['data.order.id', 12],
    ['data.order', { id: 12, note: null }],
    ['data.order.note', null],
    ['data.order.note.text', undefined],
    ['data.missing.id', undefined],
    ['list.0', 7],
    ['list.1', undefined],
    ['list.-1', undefined],
    ['list.0.0', undefined],
    ['list.length', undefined],
    ['toString', undefined],
    ['constructor.name', undefined],
    ['', undefined],
  ] as const) {
    test(`value at path "${path}" is ${JSON.stringify(value)}`, () => {
      const json = { id: 1, data: { order: { id: 12, note: null } }, list: [7] };
      expect(valueAt(json, path)).toEqual(value);
    });
  }
});
