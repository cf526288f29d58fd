import { test } from '@playwright/test';
import { expect } from '../../fixtures/expect.ts';
import { UserError } from '../../helpers/user-error.ts';
import { assertMayWrite } from '../../helpers/write-permission.ts';

const writing = (host: string, allowed?: string) => () => {
  assertMayWrite({ host, port: 3306, user: 'root', password: 'hunter2', name: 'shop' }, allowed);
};

test.describe('write permission', () => {
  for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '::1']) {
    test(`${host} is this machine`, () => {
      expect(writing(host)).not.toThrow();
      expect(writing(host, 'elsewhere/shop')).not.toThrow();
    });
  }

  for (const host of ['db.example', '10.0.0.5', '127.example.com', 'localhost.example.com', '128.0.0.1', '0.0.0.0']) {
    test(`${host} needs a permission of its own`, () => {
      expect(writing(host)).toThrow(UserError);
      expect(writing(host, 'elsewhere/shop')).toThrow(UserError);
      expect(writing(host, `${host}/shop`)).not.toThrow();
    });
  }

  test('a permission is for one database of one host', () => {
    for (const allowed of ['db/shop2', 'db/Shop', 'db2/shop', 'db/', 'db'])
      expect.soft(writing('db', allowed), allowed).toThrow(UserError);
  });

  test('the error says how to permit it, and nothing secret', () => {
    expect(writing('db.example')).toThrow(
      'The database db.example/shop is not on this machine, and seeding writes to it. ' +
        'If that is meant, set ALLOW_WRITES_TO=db.example/shop.',
    );
    expect(writing('db.example', 'db/shop')).toThrow('set ALLOW_WRITES_TO=db.example/shop (it is db/shop).');
    expect(writing('db.example')).not.toThrow('hunter2');
  });
});
