// How @hey-api/openapi-ts is asked for a client: with its zod plugin, and as modules that Node.js takes as they are.
export default {
  input: "openapi.json",
  output: { path: "hey-api", importFileExtension: ".js" },
  plugins: ["@hey-api/client-fetch", "@hey-api/typescript", "@hey-api/sdk", "zod"],
};
