// Which house it is.
import { Gap } from "../../parts/Gap.jsx";
import { Problem } from "../../parts/Problem.jsx";
import { useWords } from "../../words.js";

export function Title({ asked: { answer, refused } }) {
  const words = useWords();
  if (refused) return <h1>{words.t("house")}</h1>;
  if (!answer) return <h1 className="awaited">{words.t("waiting")}</h1>;
  const { organization } = answer.data;
  if (!organization) {
    const error = answer.errorAt("organization");
    return (
      <>
        <h1>{words.t("house")}</h1>
        {error ? <Problem error={error} /> : <p className="lead">{words.t("house.unknown")}</p>}
      </>
    );
  }
  return (
    <div className="title">
      <h1 lang="ru">{organization.shortName}</h1>
      <p className="lead">
        <span lang="ru">{organization.fullName}</span>
        <br />
        <span lang="ru">
          {organization.kind.name} · {organization.region.name} · {organization.address}
        </span>
        {organization.status !== "ACTIVE" && <b className="bad"> {words.of("organizationStatus", organization.status)}</b>}
        {organization.branches === null && <Gap kind={answer.gap(["organization", "branches"])} />}
        {organization.branches?.length > 0 && <span> · {words.t("branches", { count: organization.branches.length })}</span>}
      </p>
    </div>
  );
}
