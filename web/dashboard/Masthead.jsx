// The head of the page: where one is, which house, and how the page is to look.
import { useStore } from "../src/watched.js";
import { go, href } from "./route.js";
import { useScope } from "./scope.js";
import { session, signOut } from "./session.js";
import { choose, settings } from "./settings.js";
import { useWords } from "./words.js";

const VIEWS = ["house", "staff", "posts", "credentials", "licenses", "findings"];
const THEMES = ["system", "light", "dark"];
const LANGUAGES = { ru: "Русский", en: "English" };

function Look() {
  const words = useWords();
  const { language, theme } = useStore(settings);
  return (
    <div className="look">
        <select aria-label={words.t("language")} value={language} onChange={({ target }) => choose({ language: target.value })}>
          {Object.entries(LANGUAGES).map(([code, name]) => (
            <option key={code} value={code} lang={code}>
              {name}
            </option>
          ))}
        </select>
        <select aria-label={words.t("theme")} value={theme} onChange={({ target }) => choose({ theme: target.value })}>
          {THEMES.map((each) => (
            <option key={each} value={each}>
              {words.t(`theme.${each}`)}
            </option>
          ))}
        </select>
    </div>
  );
}

export function Picker({ houses, oid }) {
  const words = useWords();
  if (houses.length < 2) return null;
  return (
    <div className="picker">
      <label htmlFor="house">{words.t("organization")}</label>
      <select id="house" value={oid} onChange={({ target }) => go(href({ org: target.value }))}>
        {houses.map(({ oid: each, name }) => (
          <option key={each} value={each} lang="ru">
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

export function Masthead({ view, houses }) {
  const words = useWords();
  const scope = useScope();
  const { who } = useStore(session);
  return (
    <header className="masthead">
      <div className="brand">
        <a href={location.pathname} className="name">
          Свод
        </a>
        <span>{words.t("brand")}</span>
      </div>
      {scope && <Picker houses={houses} oid={scope.oid} />}
      <Look />
      {who && (
        <button type="button" className="quiet" onClick={() => signOut()}>
          {words.t("signout")}
        </button>
      )}
      {scope && (
        <nav aria-label={words.t("views")}>
          <ul>
            {VIEWS.map((each) => (
              <li key={each}>
                <a href={scope.to(each)} aria-current={view === each ? "page" : undefined}>
                  {words.t(`view.${each}`)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </header>
  );
}
