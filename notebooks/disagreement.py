"""What sources disagree on, and what that does to totals: a marimo notebook over a project.

dateline run --sample -o demo
marimo edit notebooks/disagreement.py -- --project demo
"""

import marimo

app = marimo.App(width="medium")


@app.cell
def _():
    import marimo as mo

    import dateline

    return dateline, mo


@app.cell
def _(mo):
    folder = mo.cli_args().get("project", "demo")
    return (folder,)


@app.cell
def _(dateline, folder, mo):
    project = dateline.open(folder)
    incidents = project.incidents().to_pandas()
    mo.md(
        f"""
        # {folder}

        {len(incidents):,} incidents; {incidents["contested"].sum():,} are contested, and
        {incidents["single_source"].sum():,} rest on one independent source.
        """
    )
    return incidents, project


@app.cell
def _(project):
    totals = project.totals().to_pandas()
    totals.pivot_table(index="counts", columns="policy", values="high", sort=False)
    return (totals,)


@app.cell
def _(dateline, mo):
    policy = mo.ui.dropdown(dateline.policies()["policy"].to_pylist(), value="median", label="policy")
    policy
    return (policy,)


@app.cell
def _(dateline, mo, policy):
    about = {it["policy"]: it["about"] for it in dateline.policies().to_pylist()}
    mo.md(about[policy.value])
    return (about,)


@app.cell
def _(policy, project):
    by_year = project.totals(policy.value, by=["type", "year"]).to_pandas()
    by_year[["type", "year", "counts", "low", "best", "high", "told", "incidents"]]
    return (by_year,)


@app.cell
def _(project):
    figure = project.plot_times()
    figure
    return (figure,)


@app.cell
def _(project):
    apart = project.plot_disputes("people")
    apart
    return (apart,)


@app.cell
def _(incidents, project):
    accounts = project.accounts().to_pandas()
    contested = accounts[accounts["incident"].isin(incidents.loc[incidents["contested"], "id"])]
    contested.loc[contested["low"].notna(), ["incident", "field", "group", "publisher", "value", "quote", "says"]]
    return (contested,)


if __name__ == "__main__":
    app.run()
