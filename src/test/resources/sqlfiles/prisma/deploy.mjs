// Does with Prisma's schema engine what `prisma migrate deploy` does with it: applies what is
// pending, then says whether anything is wrong with the history. The engine is the one that the
// command line downloads, built for WebAssembly.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';

const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
const code = new WebAssembly.Module(readFileSync(entry.replace(/\.js$/, '.wasm')));
const instance = new WebAssembly.Instance(code, { './schema_engine_bg.js': glue });
glue.__wbg_set_wasm(instance.exports);
instance.exports.__wbindgen_start();

const baseDir = path.resolve('prisma/migrations');
const read = (...names) => readFileSync(path.join(baseDir, ...names), 'utf8');
const migrationsList = {
  baseDir,
  lockfile: { path: 'migration_lock.toml', content: read('migration_lock.toml') },
  shadowDbInitScript: '',
  migrationDirectories: readdirSync(baseDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: read(name, 'migration.sql') },
      },
    })),
};
const filters = { externalTables: [], externalEnums: [] };

// The engine as it is downloaded sends a script as it stands; this adapter would cut it at every
// semicolon, in quotes or not.
class Whole extends PrismaPg {
  async connect() {
    const connection = await super.connect();
    connection.executeScript = async (script) => {
      await connection.client.query(script).catch((error) => connection.onError(error));
    };
    return connection;
  }
}
const database = bindMigrationAwareSqlAdapterFactory(
  new Whole({ connectionString: process.env.DATABASE_URL }),
);
try {
  const engine = await glue.SchemaEngine.new(
    { datamodels: [['schema.prisma', readFileSync('prisma/schema.prisma', 'utf8')]] },
    () => {},
    database,
  );
  const applied = await engine.applyMigrations({ migrationsList, filters });
  const history = await engine.diagnoseMigrationHistory({
    migrationsList,
    filters,
    optInToShadowDatabase: false,
  });
  console.log(JSON.stringify(applied), JSON.stringify(history));
  process.exit(0);
} catch (error) {
  console.log(String(error));
  process.exit(1);
}
