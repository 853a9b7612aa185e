// A real issuer (oidc-provider) on this machine. Told lines of JSON on stdin: {"port"?, "keys", "claims"}: it serves with
// these private keys and puts these claims into every token; prints its address once it does. Ends when stdin does.
import http from "node:http";
import readline from "node:readline";
import Provider from "oidc-provider";

console.warn = console.info = () => {};
let server;

function provider(issuer, keys, claims) {
  return new Provider(issuer, {
    jwks: { keys },
    clients: [{
      client_id: "dashboard", client_secret: "a-secret-of-the-tests", grant_types: ["client_credentials"],
      redirect_uris: [], response_types: [], id_token_signed_response_alg: keys[0].alg,
    }],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_ctx, resource) => ({
          scope: "read", audience: new URL(resource).pathname.slice(1), accessTokenTTL: 600, accessTokenFormat: "jwt",
          jwt: { sign: { alg: keys[0].alg, kid: keys[0].kid } },
        }),
      },
    },
    extraTokenClaims: () => claims,
  });
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { port = 0, keys, claims } = JSON.parse(line);
  let handle;
  if (server) {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
  server = http.createServer((request, response) => handle(request, response));
  await new Promise((listening) => server.listen(port, "127.0.0.1", listening));
  const issuer = `http://127.0.0.1:${server.address().port}`;
  handle = provider(issuer, keys, claims).callback();
  console.log(issuer);
}
process.exit(0);
