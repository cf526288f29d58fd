import { test } from '@playwright/test';
import { expect } from '../../../../fixtures/expect.ts';
import type { DatabaseSettings } from '../../../../helpers/settings/settings.ts';
import { UserError } from '../../../../helpers/text/user-error.ts';
import { assertMayWrite } from '../../../../helpers/database/connection/assert-may-write.ts';

const seeding =
  (database: Partial<DatabaseSettings>, allowed?: string): (() => void) =>
  () => {
    const shop = { host: '127.0.0.1', port: 3306, user: 'root', password: 'hunter2', name: 'shop' };
    assertMayWrite({ ...shop, ...database }, allowed);
  };

const writing = (host: string, allowed?: string) => seeding({ host }, allowed);

test.describe('write permission', () => {
  for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '::1']) {
    test(`writing to ${host} needs no permission`, () => {
      expect(writing(host)).not.toThrow();
      expect(writing(host, 'elsewhere/shop')).not.toThrow();
    });
  }

  for (const host of ['db.example', '10.0.0.5', '127.example.com', 'localhost.example.com', '128.0.0.1', '0.0.0.0']) {
    test(`writing to ${host} needs a permission of its own`, () => {
      expect(writing(host)).toThrow(UserError);
      expect(writing(host, 'elsewhere/shop')).toThrow(UserError);
      expect(writing(host, `${host}/shop`)).not.toThrow();
    });
  }

  test('permission to write holds for exactly one database on one host', () => {
    for (const allowed of ['db/shop2', 'db/Shop', 'db2/shop', 'db/', 'db'])
      expect.soft(writing('db', allowed), allowed).toThrow(UserError);
  });

  test('error names the setting that permits writing and shows no password', () => {
    expect(writing('db.example')).toThrow(
      'The database db.example/shop is not on this machine, and seeding writes to it. ' +
        'If that is intended, set ALLOW_WRITES_TO=db.example/shop.',
    );
    expect(writing('db.example', 'db/shop')).toThrow('set ALLOW_WRITES_TO=db.example/shop (it is db/shop).');
    expect(writing('db.example')).not.toThrow('hunter2');
  });

  for (const name of ['shop_prod', 'live-db', 'PRODUCTION', 'shopProd', 'prod2', 'kr.prd.shop', 'Live', 'non-prod']) {
    test(`database ${name} looks like production and needs permission even on this machine`, () => {
      const place = `127.0.0.1/${name}`;
      expect(seeding({ name })).toThrow(/looks like production \("(prod|prd|production|live)" in its name\)/i);
      expect(seeding({ name }, place)).toThrow(UserError);
      expect(seeding({ name, allowProduction: '127.0.0.1/shop' }, place)).toThrow(
        `set ALLOW_PRODUCTION=${place} (it is`,
      );
      expect(seeding({ name, allowProduction: place })).not.toThrow();
    });
  }

  for (const name of ['delivery', 'olive', 'product_db', 'products', 'lives', 'alive', 'reproduction', 'prodigy']) {
    test(`database ${name} does not look like production`, () => {
      expect(seeding({ name })).not.toThrow();
    });
  }

  test('host that looks like production needs both permissions', () => {
    for (const host of ['db.prod.example', 'live-db', 'prod-mysql-1.example']) {
      const place = `${host}/shop`;
      expect.soft(seeding({ host, allowProduction: place }), host).toThrow(`set ALLOW_WRITES_TO=${place}`);
      expect.soft(seeding({ host }, place), host).toThrow(`set ALLOW_PRODUCTION=${place}.`);
      expect.soft(seeding({ host, allowProduction: place }, place), host).not.toThrow();
    }
    expect(seeding({ host: 'delivery.example' }, 'delivery.example/shop')).not.toThrow();
  });
});
