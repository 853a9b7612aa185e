// Who is not signed in gives a token here. It stays in this tab, and goes nowhere but to this gateway.
import { useState } from "react";
import { useStore } from "../src/watched.js";
import { NotAToken, session, signIn } from "./session.js";
import { useWords } from "./words.js";

export function SignIn() {
  const words = useWords();
  const { ended } = useStore(session);
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState(false);

  function enter(event) {
    event.preventDefault();
    try {
      signIn(text);
    } catch (error) {
      if (!(error instanceof NotAToken)) throw error;
      setWrong(true);
    }
  }

  return (
    <section className="signin">
      <h1>{words.t("signin")}</h1>
      {ended ? (
        <p className="partial away" role="alert">
          {words.t(`signin.${ended.reason}`)} {ended.reason === "REFUSED" && ended.message && <small lang="en">{ended.message}</small>}
        </p>
      ) : (
        <p className="lead">{words.t("signin.lead")}</p>
      )}
      <form onSubmit={enter}>
        <label htmlFor="token">{words.t("signin.token")}</label>
        <textarea
          id="token"
          rows={5}
          required
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={text}
          aria-invalid={wrong}
          aria-describedby={wrong ? "token-wrong token-hint" : "token-hint"}
          onChange={({ target }) => {
            setText(target.value);
            setWrong(false);
          }}
        />
        {wrong && (
          <p id="token-wrong" className="bad" role="alert">
            {words.t("signin.wrong")}
          </p>
        )}
        <p id="token-hint" className="note">
          {words.t("signin.hint")}
        </p>
        <button type="submit" className="main">
          {words.t("signin.go")}
        </button>
      </form>
    </section>
  );
}

// Someone is signed in, but the page is not for what he is.
export function NotForYou({ who }) {
  const words = useWords();
  const roles = who.roles.map((role) => words.of("role", role));
  const told = who.roles.includes("employer") ? "role.noHouse" : "role.wrong";
  return (
    <section className="signin">
      <h1>{words.t("role.title")}</h1>
      <p className="lead">{words.t(told, { roles: roles.length ? words.list(roles) : words.t("role.none") })}</p>
      <p className="lead">
        <a href="./">{words.t("explorer")}</a>
      </p>
    </section>
  );
}
