// The pages of a list: the next and the one before have addresses too.
import { SIZES } from "../filters.js";
import { changed, go } from "../route.js";
import { useWords } from "../words.js";

// `forward`: where the gateway goes forward only, the way back is to the beginning.
export function Pager({ info, route, forward }) {
  const words = useWords();
  const size = route.get("size") ?? String(SIZES[0]);
  return (
    <nav className="pager" aria-label={words.t("pages")}>
      {forward && route.get("after") ? (
        <a href={changed(route, {})}>← {words.t("page.first")}</a>
      ) : info?.hasPreviousPage && !forward ? (
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
