// The page's own words in both languages, and numbers and dates as the language writes them.
import { useStore } from "../src/watched.js";
import { settings } from "./settings.js";
import en from "./words/en.json";
import ru from "./words/ru.json";

const LOCALES = { ru: "ru-RU", en: "en-GB" };
const words = { ru, en };
const made = new Map();

function once(kind, locale, options, make) {
  const key = `${kind} ${locale} ${JSON.stringify(options)}`;
  if (!made.has(key)) made.set(key, make());
  return made.get(key);
}

export class Language {
  constructor(code) {
    this.code = code;
    this.locale = LOCALES[code];
  }

  // `{count}` is put in; a word with forms is chosen by the count's plural.
  t(name, values = {}) {
    const found = words[this.code][name];
    if (found === undefined) return name;
    const text = typeof found === "string" ? found : this.form(found, values.count ?? 0);
    return text.replace(/\{(\w+)\}/g, (_, key) => (typeof values[key] === "number" ? this.number(values[key]) : (values[key] ?? "")));
  }

  has(name) {
    return name in words[this.code];
  }

  // The word for a value of the schema; a value that this page does not know yet is shown as it is.
  of(kind, value) {
    const name = `${kind}.${value}`;
    return this.has(name) ? this.t(name) : String(value);
  }

  form(forms, count) {
    const rules = once("plural", this.locale, {}, () => new Intl.PluralRules(this.locale));
    return forms[rules.select(count)] ?? forms.other;
  }

  number(value, options = { maximumFractionDigits: 2 }) {
    const format = once("number", this.locale, options, () => new Intl.NumberFormat(this.locale, options));
    return format.format(Number(value));
  }

  share(part, whole) {
    return whole > 0 ? this.number(part / whole, { style: "percent", maximumFractionDigits: 0 }) : "—";
  }

  // A day of a registry, which has no time zone.
  day(text, options = { day: "numeric", month: "short", year: "numeric" }) {
    const zoned = { ...options, timeZone: "UTC" };
    const format = once("day", this.locale, zoned, () => new Intl.DateTimeFormat(this.locale, zoned));
    // Russian writes "г." after the year, which says nothing in a column of days.
    return format.format(new Date(`${text.slice(0, 10)}T00:00:00Z`)).replace(/\s?г\.$/, "");
  }

  moment(text) {
    const options = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
    const format = once("moment", this.locale, options, () => new Intl.DateTimeFormat(this.locale, options));
    return format.format(new Date(text));
  }

  ago(seconds) {
    const [size, unit] = seconds < 90 ? [1, "second"] : seconds < 5400 ? [60, "minute"] : seconds < 129600 ? [3600, "hour"] : [86400, "day"];
    const format = once("ago", this.locale, {}, () => new Intl.RelativeTimeFormat(this.locale, { numeric: "auto" }));
    return format.format(-Math.round(seconds / size), unit);
  }

  list(items) {
    return once("list", this.locale, {}, () => new Intl.ListFormat(this.locale, { type: "conjunction" })).format(items);
  }
}

const languages = { ru: new Language("ru"), en: new Language("en") };

export const useWords = () => languages[useStore(settings).language];
