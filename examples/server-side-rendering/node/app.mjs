// Server-side rendering with Express: one client with the key to sign people in, and one per request that acts as its
// user. Needs APPWRITE_ENDPOINT, APPWRITE_PROJECT_ID and APPWRITE_API_KEY.

import { pathToFileURL } from "node:url";
import express from "express";
import {
  Account,
  ArgumentException,
  Client,
  UnauthorizedException,
} from "polywrite";

const admin = Client.fromEnv();
const project = admin.config.project;
const cookie = `a_session_${project}`;

/** The site, ready to `listen`. */
export const app = express();
app.use(express.urlencoded({ extended: false }));

app.post("/login", async (request, response) => {
  const { email, password } = request.body ?? {};
  try {
    // Appwrite shows the session's secret to a key only, so this is the server's own client.
    const session = await new Account(admin).createEmailPasswordSession({
      email,
      password,
    });
    response.cookie(cookie, session.secret, {
      httpOnly: true,
      secure: true,
      sameSite: "strict",
      expires: new Date(session.expire),
      path: "/",
    });
    response.redirect("/");
  } catch (error) {
    // A missing value or a wrong e-mail address is an argument error, from here or from the server.
    if (error instanceof ArgumentException) {
      response.status(400).send("Enter your e-mail address and your password.");
    } else if (error instanceof UnauthorizedException) {
      response.status(401).send("E-mail or password is wrong.");
    } else {
      throw error;
    }
  }
});

app.get("/", async (request, response) => {
  try {
    const user = await accountOf(request).get();
    response.send(`Hello ${escape(user.name)}`);
  } catch (error) {
    if (!(error instanceof UnauthorizedException)) throw error;
    response.status(401).send("Please sign in.");
  }
});

app.post("/logout", async (request, response) => {
  try {
    await accountOf(request).deleteSession({ sessionId: "current" });
  } catch (error) {
    // The session may have ended, or there was none: remove the cookie all the same.
    if (!(error instanceof UnauthorizedException)) throw error;
  }
  response.clearCookie(cookie, { path: "/" });
  response.redirect("/");
});

/** A client per request is cheap: clients share connections, never credentials. */
function accountOf(request) {
  return new Account(admin.withSessionOf(request.headers.cookie));
}

function escape(text) {
  return text.replace(/[&<>"]/g, (letter) => `&#${letter.codePointAt(0)};`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  app.listen(3000, () => console.log("http://localhost:3000"));
}
