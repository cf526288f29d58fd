import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from '@playwright/test';
import { expect } from '../../../../fixtures/expect.ts';
import { readDocument } from '../../../../helpers/target-draft/document/read-document.ts';
import { serveDocuments } from '../../support/servers/serve-documents.ts';

const reading = { signal: new AbortController().signal };

test.describe('read document', () => {
  test('file that a document refers to on the same origin is read', async () => {
    const server = await serveDocuments({
      '/docs.json': '{"paths":{"/orders":{"$ref":"paths.json#/orders"}}}',
      '/paths.json': '{"orders":{"get":{"operationId":"list"}}}',
    });
    try {
      const { document, notes } = await readDocument(`${server.url}/docs.json`, reading);
      expect(JSON.stringify(document)).toContain('list');
      expect(notes).toEqual([]);
    } finally {
      server.close();
    }
  });

  test('YAML file is read, and files outside its folder are not', async ({}, testInfo) => {
    const folder = testInfo.outputPath('docs');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, '..', 'secret.json'), '{"secret":"do not read"}');
    const file = path.join(folder, 'openapi.yaml');
    writeFileSync(
      file,
      'paths:\n  /orders:\n    get:\n      responses:\n        200:\n          $ref: ../secret.json\n',
    );
    const { document, notes } = await readDocument(file, reading);
    expect(JSON.stringify(document)).not.toContain('do not read');
    expect(notes.join('\n')).toContain(
      "secret.json was not read: the document refers to it, but it is not of the document's own folder",
    );
  });

  for (const [what, text, sentence] of [
    ['a web page', '<!doctype html><html></html>', 'cannot be read|is no OpenAPI'],
    ['JSON without paths', '{"hello":"world"}', 'has no "paths"'],
    ['an empty text', '', 'cannot be read|is no OpenAPI'],
  ] as const) {
    test(`${what} is refused with a sentence that names the usual places or the cause`, async () => {
      const server = await serveDocuments({ '/docs': text });
      try {
        await expect(readDocument(`${server.url}/docs`, reading)).rejects.toThrow(new RegExp(sentence));
        await expect(readDocument(`${server.url}/nothing`, reading)).rejects.toThrow('answered 404');
      } finally {
        server.close();
      }
    });
  }

  test('server that does not listen is named in the error, with the cause', async () => {
    await expect(readDocument('http://127.0.0.1:9/docs', reading)).rejects.toThrow(
      /--openapi http:\/\/127\.0\.0\.1:9\/docs cannot be read: .*(?:ECONNREFUSED|bad port)/,
    );
  });
});
