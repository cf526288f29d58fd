import { expect } from '../../../../fixtures/expect.ts';
import { test } from '../../support/servers/own-database.ts';

const account = { name: '김하늘', balance: 1_000_000 };

/** Gives every new user a balance. */
const openBalances = `CREATE TRIGGER opened AFTER INSERT ON users FOR EACH ROW
  INSERT INTO user_balance (user_id, balance) VALUES (NEW.id, 7)`;

test.describe('row insertion', () => {
  test('required columns that the profile does not know are filled', async ({ connect, pool }) => {
    await pool.query(`ALTER TABLE users
      ADD age INT NOT NULL, ADD rate DECIMAL(5, 2) NOT NULL, ADD active BIT NOT NULL, ADD city VARCHAR(10) NOT NULL,
      ADD role ENUM ('USER', 'ADMIN') NOT NULL, ADD extra JSON NOT NULL, ADD note TEXT NOT NULL, ADD photo BLOB NOT NULL,
      ADD born DATE NOT NULL, ADD wakes TIME NOT NULL, ADD joined DATETIME(6) NOT NULL, ADD since YEAR NOT NULL,
      ADD login VARCHAR(20) NOT NULL UNIQUE, ADD number BIGINT NOT NULL UNIQUE, ADD nick VARCHAR(10) NULL,
      ADD level INT NOT NULL DEFAULT 3, ADD doubled INT GENERATED ALWAYS AS (level * 2) STORED`);
    const shop = await connect();
    await shop.insertAccount(account);
    await shop.insertAccount(account);
    const [rows] = await pool.query('SELECT age, city, role, nick, level, doubled FROM users');
    const filled = { age: 0, city: '', role: 'USER', nick: null, level: 3, doubled: 6 };
    expect(rows).toEqual([filled, filled]);
  });

  test('required column takes a value that its check allows', async ({ connect, pool }) => {
    await pool.query(`ALTER TABLE users ADD role VARCHAR(20) NOT NULL, ADD CHECK (role IN ('CUSTOMER', 'ADMIN'))`);
    const shop = await connect();
    await shop.insertAccount(account);
    const [rows] = await pool.query('SELECT role FROM users');
    expect(rows).toEqual([{ role: 'CUSTOMER' }]);
  });

  test('balance that a user has already is set, also where no index says that there is one for each user', async ({
    connect,
    pool,
  }) => {
    await pool.query('ALTER TABLE user_balance ADD INDEX (user_id), DROP PRIMARY KEY');
    await pool.query(openBalances);
    const shop = await connect();
    const { userId } = await shop.insertAccount(account);
    const [rows] = await pool.query('SELECT balance FROM user_balance WHERE user_id = ?', [userId]);
    expect(rows).toEqual([{ balance: account.balance }]);
  });

  test('balance is not looked for beforehand where an index holds a user to one balance', async ({ connect, pool }) => {
    await pool.query('CREATE TABLE insertions (id INT AUTO_INCREMENT PRIMARY KEY)');
    await pool.query(
      'CREATE TRIGGER counted BEFORE INSERT ON user_balance FOR EACH ROW INSERT INTO insertions () VALUES ()',
    );
    await pool.query(openBalances);
    const shop = await connect();
    const { userId } = await shop.insertAccount(account);
    const [rows] = await pool.query('SELECT balance FROM user_balance WHERE user_id = ?', [userId]);
    expect(rows).toEqual([{ balance: account.balance }]);
    // One by the trigger, and one that met it.
    const [insertions] = await pool.query('SELECT COUNT(*) AS n FROM insertions');
    expect(insertions).toEqual([{ n: 2 }]);
  });

  test('required columns take the most frequent value of the existing rows', async ({ connect, pool }) => {
    await pool.query(`ALTER TABLE users
      ADD role VARCHAR(20) NOT NULL, ADD active BIT NOT NULL, ADD tier ENUM ('GOLD', 'BASIC') NOT NULL,
      ADD rate DECIMAL(5, 2) NOT NULL, ADD joined DATETIME(6) NOT NULL, ADD login VARCHAR(40) NOT NULL UNIQUE,
      ADD CHECK (role IN ('CUSTOMER', 'ADMIN'))`);
    await pool.query(`INSERT INTO users (name, email, role, active, tier, rate, joined, login) VALUES
      ('a', 'a@shop.example', 'ADMIN', 0, 'GOLD', 0, '2020-01-01', 'a'),
      ('b', 'b@shop.example', 'CUSTOMER', 1, 'BASIC', 1.5, '2020-01-01', 'b'),
      ('c', 'c@shop.example', 'CUSTOMER', 1, 'BASIC', 1.5, '2020-01-01', 'c')`);
    const shop = await connect();
    const { userId } = await shop.insertAccount(account);
    const [rows] = await pool.query(
      'SELECT role, active + 0 AS active, tier, rate, YEAR(joined) > 2020 AS isNew FROM users WHERE id = ?',
      [userId],
    );
    expect(rows).toEqual([{ role: 'CUSTOMER', active: 1, tier: 'BASIC', rate: '1.50', isNew: 1 }]);
  });
});
