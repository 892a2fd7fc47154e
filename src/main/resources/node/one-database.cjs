'use strict';
// Loaded by Node before the project's own code: whatever that says about its database, the package
// `pg` connects to the one that the environment's PG… variables name, and to no other.
const Module = require('module');
const guarded = new WeakSet();

function keep(target, name, value) {
  Object.defineProperty(target, name, {
    configurable: true,
    enumerable: name !== 'password',
    get: () => value,
    set: () => {},
  });
}

function guard(pg) {
  const client = pg && pg.Client;
  if (typeof client !== 'function' || !client.prototype.connect || guarded.has(client.prototype)) {
    return;
  }
  guarded.add(client.prototype);
  const connect = client.prototype.connect;
  client.prototype.connect = function (...rest) {
    const { PGHOST, PGPORT, PGUSER, PGDATABASE, PGPASSWORD } = process.env;
    const place = {
      host: PGHOST,
      port: Number(PGPORT),
      user: PGUSER,
      database: PGDATABASE,
      password: PGPASSWORD === undefined ? null : PGPASSWORD,
    };
    for (const [name, value] of Object.entries(place)) {
      keep(this, name, value);
      if (this.connectionParameters) {
        keep(this.connectionParameters, name, value);
      }
    }
    // Whether to speak TLS was for the other server; ours says it in PGSSLMODE.
    const mode = process.env.PGSSLMODE;
    if (mode === undefined || mode === 'disable' || mode === 'prefer' || mode === 'allow') {
      this.ssl = false;
      if (this.connectionParameters) {
        this.connectionParameters.ssl = false;
      }
      if (this.connection) {
        this.connection.ssl = false;
      }
    }
    return connect.apply(this, rest);
  };
}

const load = Module._load;
Module._load = function (request, ...rest) {
  const loaded = load.call(this, request, ...rest);
  if (request === 'pg' || /[\\/]pg[\\/]lib[\\/](?:index|client)(?:\.js)?$/.test(request)) {
    guard(loaded && loaded.Client ? loaded : { Client: loaded });
  }
  return loaded;
};

// Code that imports instead of requiring finds the same module, which is loaded here already.
try {
  guard(require(require.resolve('pg', { paths: [process.cwd()] })));
} catch (error) {
  // There is none beside the project: whoever loads one from elsewhere requires it.
}
