import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { Cases } from "./cases.tsx";
import { Facets } from "./facets.tsx";
import { Filters } from "./filters.tsx";
import { Findings } from "./findings.tsx";
import { Header } from "./header.tsx";
import { Inputs } from "./inputs.tsx";
import type { ReportData } from "./main.tsx";
import { EVERYTHING, type Selection, select } from "./select.ts";
import { Timeline } from "./timeline.tsx";

/** The fragment of a finding's own address. */
function fromFragment(): string | undefined {
  return /^#f-(.+)$/.exec(location.hash)?.[1];
}

/** True while the page is printed: everything is laid out then. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const media = matchMedia("print");
    const change = () => setPrinting(media.matches);
    media.addEventListener("change", change);
    // It may have changed before anybody listened.
    change();
    return () => media.removeEventListener("change", change);
  }, []);
  return printing;
}

export function App({ data }: { data: ReportData }): JSX.Element {
  const [selection, setSelection] = useState<Selection>(EVERYTHING);
  const [open, setOpen] = useState<string | undefined>(fromFragment);
  const printing = usePrinting();
  const chosen = useMemo(() => select(data.findings, selection), [data, selection]);
  const change = (part: Partial<Selection>) => setSelection((before) => ({ ...before, ...part }));
  const show = (id: string | undefined) => {
    setOpen(id);
    history.replaceState(null, "", id === undefined ? location.pathname + location.search : `#f-${id}`);
  };
  /** From elsewhere on the page: the finding must be in the list to be shown. */
  const jump = (id: string) => {
    setSelection(EVERYTHING);
    show(id);
  };
  return (
    <>
      <Header data={data} selection={selection} change={change} />
      {data.findings.length === 0 ? (
        <main>
          <p class="notice">
            {data.summary.records > 0 ? "Nothing reached the least level asked for." : "No record was read."} Run
            whatran coverage to learn what these logs can show, and what they cannot.
          </p>
        </main>
      ) : (
        <>
          <Timeline findings={data.findings} selection={selection} change={change} />
          <Cases cases={data.cases ?? []} findings={data.findings} jump={jump} everything={printing} />
          <div class="columns">
            <Facets findings={chosen} selection={selection} change={change} />
            <main>
              <Filters selection={selection} change={change} shown={chosen.length} all={data.findings.length} />
              <Findings
                findings={chosen}
                all={data.findings}
                open={open}
                show={show}
                jump={jump}
                everything={printing}
              />
            </main>
          </div>
        </>
      )}
      <Inputs summary={data.summary} />
    </>
  );
}
