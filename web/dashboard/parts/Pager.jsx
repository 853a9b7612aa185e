// The pages of a list: the next and the one before have addresses too.
import { SIZES } from "../filters.js";
import { changed, go } from "../route.js";
import { useWords } from "../words.js";

export function Pager({ info, route }) {
  const words = useWords();
  const size = route.get("size") ?? String(SIZES[0]);
  return (
    <nav className="pager" aria-label={words.t("pages")}>
      {info?.hasPreviousPage ? (
        <a rel="prev" href={changed(route, { before: info.startCursor, after: null }, { keepPage: true })}>
          ← {words.t("page.before")}
        </a>
      ) : (
        <span className="off">← {words.t("page.before")}</span>
      )}
      {info?.hasNextPage ? (
        <a rel="next" href={changed(route, { after: info.endCursor, before: null }, { keepPage: true })}>
          {words.t("page.next")} →
        </a>
      ) : (
        <span className="off">{words.t("page.next")} →</span>
      )}
      <label>
        {words.t("page.size")}{" "}
        <select value={size} onChange={({ target }) => go(changed(route, { size: target.value }))}>
          {SIZES.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      </label>
    </nav>
  );
}
