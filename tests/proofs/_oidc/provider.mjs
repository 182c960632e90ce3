// A real OpenID provider on this machine alone: whoever types a name is let in as that name.
// "lege#2" is somebody else (another `sub`) who also says that the user name is "lege".
import { Provider } from "oidc-provider";

const [port, callback] = process.argv.slice(2);
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: "melkeveien", client_secret: "only-in-a-proof", redirect_uris: [callback] }],
  claims: { openid: ["sub"], profile: ["preferred_username", "name"], email: ["email"] },
  cookies: { keys: ["only-in-a-proof"] },
  pkce: { required: () => true },
  async findAccount(_, id) {
    const claims = { sub: `s-${id}`, preferred_username: id.split("#")[0], name: "Sentinel Navnesen", email: "sentinel@example.org" };
    return { accountId: id, claims: async () => claims };
  },
});
provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
