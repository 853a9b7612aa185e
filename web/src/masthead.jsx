// The header of the page: what this is, and as whom the reader asks.
import { access, choose, roles } from "./access.js";
import { ExampleMenu } from "./examples.jsx";
import purposes from "./purposes.json";
import { useStore } from "./watched.js";

const modes = [
  ["filter", "hide and say so"],
  ["reject", "refuse the query"],
];

function Choice({ name, label, options }) {
  const chosen = useStore(access);
  return (
    <div className="choice">
      <label htmlFor={name}>{label}</label>
      <select id={name} value={chosen[name]} onChange={({ target }) => choose({ [name]: target.value })}>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

function Token() {
  const { token } = useStore(access);
  return (
    <div className="choice">
      <label htmlFor="token">Token</label>
      <input
        id="token"
        type="password"
        autoComplete="off"
        placeholder="none"
        value={token}
        onChange={({ target }) => choose({ token: target.value.trim() })}
      />
    </div>
  );
}

function Who() {
  const offered = useStore(roles);
  if (offered === undefined) return null;
  if (offered === null) return <Token />;
  const options = offered.map(({ role, label }) => [role, label]);
  return <Choice name="role" label="Role" options={[["", "public, no token"], ...options]} />;
}

export function Masthead() {
  return (
    <>
      <h1>
        Svod <small lang="ru">свод</small>
      </h1>
      <p>four medical registries, one question</p>
      <a className="page" href="dashboard">
        Employer's page
      </a>
      <form onSubmit={(event) => event.preventDefault()}>
        <ExampleMenu />
        <Who />
        <Choice
          name="purpose"
          label="Purpose"
          options={[["", "not stated"], ...purposes.map((purpose) => [purpose, purpose.replace("-", " ")])]}
        />
        <Choice name="mode" label="No right" options={modes} />
      </form>
    </>
  );
}
