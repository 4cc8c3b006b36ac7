// Uses the clients that were made from the API's document: node use.js ADDRESS TOKEN
import createClient from "openapi-fetch";

import { client } from "./hey-api/client.gen.js";
import { changeSession, getSession, listSessions, runBatch } from "./hey-api/sdk.gen.js";
import { zBatchResult, zSession, zSessionPage, zSessionPatch } from "./hey-api/zod.gen.js";
import type { paths } from "./schema.js";

// All that is known of Node.js here.
declare const process: { argv: string[] };

function check(holds: unknown, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

const [address, token] = process.argv.slice(2);
check(address && token, "use.js ADDRESS TOKEN");

async function heyApi(address: string, auth: string): Promise<void> {
  client.setConfig({ baseUrl: address, auth });
  const page = zSessionPage.parse((await listSessions({ query: { status: "pending" } })).data);
  check(page.total === 1 && page.items.length === 1, "one session waits");
  for (const { app, id } of page.items) {
    const path = { app, id };
    const read = await getSession({ path });
    const etag = read.response?.headers.get("etag");
    check(etag, "a session has an entity tag");
    const body = zSessionPatch.parse({ status: "accepted", reason: "by hey-api" });
    const changed = await changeSession({ path, body, headers: { "If-Match": etag } });
    check(zSession.parse(changed.data).status === "accepted", "it is accepted");
    const stale = await changeSession({ path, body, headers: { "If-Match": etag } });
    check(stale.error?.type === "/problems/precondition-failed", "what was read is not so any more");
  }
  const batch = await runBatch({ body: { action: "set_email", email: "hey@example.org", sessions: page.items.map(({ app, id }) => ({ app, id })) } });
  check(zBatchResult.parse(batch.data).changed === 1, "a batch changes one");
}

async function openapiTypescript(address: string, token: string): Promise<void> {
  const panel = createClient<paths>({ baseUrl: address, headers: { Authorization: `Bearer ${token}` } });
  const { data: page } = await panel.GET("/api/v1/sessions", { params: { query: { status: "accepted", limit: 1 } } });
  const first = typeof page === "object" ? page.items[0] : undefined;
  check(first, "somebody is accepted");
  const path = { app: first.app, id: first.id };
  const { data: changed } = await panel.PATCH("/api/v1/apps/{app}/sessions/{id}", {
    params: { path },
    body: { status: "pending", reason: "by openapi-fetch" },
  });
  check(changed?.status === "pending" && changed.device !== undefined, "it waits again");
  const { data: result } = await panel.POST("/api/v1/sessions/batch", {
    body: { action: "set_status", status: "accepted", sessions: [path] },
  });
  check(result && "changed" in result && result.changed === 1, "a batch changes one");
  const { error } = await panel.GET("/api/v1/apps/{app}", { params: { path: { app: "com.none" } } });
  check(error?.type === "/problems/not-found" && error.errors.length === 0, "what is not there is not found");
}

await heyApi(address, token);
await openapiTypescript(address, token);
console.log("done");
