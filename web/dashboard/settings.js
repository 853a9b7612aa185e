// How the reader wants the page: its language and its colours, remembered in this browser.
import { store } from "../src/store.js";

const LANGUAGES = ["ru", "en"];
const THEMES = ["system", "light", "dark"];
const dark = matchMedia("(prefers-color-scheme: dark)");

function recalled(name, among, otherwise) {
  try {
    const found = localStorage.getItem(`svod:${name}`);
    return among.includes(found) ? found : otherwise;
  } catch {
    return otherwise;
  }
}

const spoken = navigator.languages.map((each) => each.slice(0, 2)).find((each) => LANGUAGES.includes(each));

export const settings = store({
  language: recalled("language", LANGUAGES, spoken ?? "ru"),
  theme: recalled("theme", THEMES, "system"),
});

function apply() {
  const { language, theme } = settings.get();
  document.documentElement.lang = language;
  document.documentElement.dataset.theme = theme === "system" ? (dark.matches ? "dark" : "light") : theme;
}

export function choose(change) {
  settings.set({ ...settings.get(), ...change });
  for (const [name, value] of Object.entries(change)) {
    try {
      localStorage.setItem(`svod:${name}`, value);
    } catch {
      // A browser that keeps nothing forgets the choice with the page.
    }
  }
  apply();
}

dark.addEventListener("change", apply);
apply();
