"""The benchmark's twelve features and twenty segments as one would write them with pandas; times are printed as JSON."""

import json
import sys
import time

import numpy
import pandas

folder, types = sys.argv[1], json.loads(sys.argv[2])
DAY = 86_400_000_000
END = int(pandas.Timestamp("2026-11-01").value // 1000)


def table(name):
    return pandas.DataFrame(
        {column: numpy.fromfile(f"{folder}/{name}.{column}", dtype=kind) for column, kind in types[name].items()}
    )


loading = time.perf_counter()
people, orders, mail, web = table("people"), table("orders"), table("mail"), table("web")
started = time.perf_counter()


def last(events, days):
    return events[events["at"] >= END - days * DAY]


def count(events, name):
    return events.groupby("customer_id").size().rename(name)


orders = orders[orders["at"] < END]
by = orders.groupby("customer_id")
columns = [
    ((END - DAY) // DAY - by["at"].max() // DAY).rename("recency"),
    by.size().rename("frequency"),
    by["amount"].sum().rename("monetary"),
    by["amount"].mean().rename("basket"),
    by["amount"].max().rename("largest"),
    last(orders, 90).groupby("customer_id")["amount"].sum().rename("spend_90"),
    last(orders, 365).groupby("customer_id")["amount"].mean().rename("average_365"),
    count(orders[orders["category"] == 0], "kitchen_orders"),
    count(last(orders[orders["amount"] > 300], 365), "large_365"),
    count(orders[orders["at"] < END - 180 * DAY], "orders_before_180"),
]
columns += [count(last(orders, days), f"orders_{days}") for days in (7, 30, 60, 90, 180)]
delivered, opened, clicked = (mail[mail["type"] == kind] for kind in (0, 1, 2))
columns += [
    ((END - DAY) // DAY - clicked.groupby("customer_id")["at"].max() // DAY).rename("last_click"),
    count(last(delivered, 180), "delivered_180"),
]
columns += [count(last(opened, days), f"opened_{days}") for days in (30, 60, 180)]
columns += [count(last(clicked, days), f"clicked_{days}") for days in (90, 180)]
pages, views, carts = (web[web["type"] == kind] for kind in (0, 1, 2))
recent = last(views, 90)
columns += [
    count(last(views, 30), "views_30"),
    count(last(views[views["category"] == 0], 30), "kitchen_views_30"),
    count(last(carts, 30), "carts_30"),
    count(last(carts, 7), "carts_7"),
    count(last(pages, 7), "pages_7"),
    recent.groupby("customer_id")["session_id"].nunique().rename("sessions_90"),
]
pairs = pandas.merge_asof(
    last(orders, 90).sort_values("at"),
    recent[["customer_id", "at"]].assign(seen=recent["at"]).sort_values("at"),
    on="at",
    by="customer_id",
)
pairs = pairs[pairs["at"] - pairs["seen"] <= 3 * DAY]
columns.append(pairs.groupby("customer_id").size().rename("saw_and_bought"))
wide = people.set_index("customer_id").join(columns)
asked = wide.fillna({name: 0 for name in wide.columns if name not in ("recency", "basket", "largest", "average_365", "last_click")})
wide["open_rate"] = asked["opened_180"] / asked["delivered_180"].replace(0, numpy.nan)
w = asked
segments = {
    "Big Spenders": (w.monetary > 500) & (w.recency < 60),
    "Interested": (w.kitchen_views_30 > 0) & (w.orders_30 == 0),
    "Engaged Regulars": ((w.orders_90 >= 3) | (w.spend_90 > 500)) & (w.opened_60 > 0),
    "Left a Cart": (w.carts_7 > 0) & (w.orders_7 == 0),
    "Loyal but Silent": (w.monetary >= 300) & (w.orders_60 == 0),
    "Bought Once": w.frequency == 1,
    "Clickers": w.clicked_90 >= 2,
    "Never Click": (w.delivered_180 >= 5) & (w.clicked_180 == 0),
    "Only Look": (w.views_30 >= 5) & (w.frequency == 0),
    "Cooks": w.kitchen_orders >= 2,
    "One Large Order": w.large_365 > 0,
    "Large Orders": w.largest > 350,
    "Gone": (w.orders_before_180 > 0) & (w.orders_180 == 0),
    "Openers": w.opened_30 >= 3,
    "Visitors": w.pages_7 > 0,
    "Many Sessions": w.sessions_90 >= 5,
    "Saw and Bought": w.saw_and_bought > 0,
    "Open and Spend": (w.monetary > 500) & (w.recency < 60) & (w.opened_30 > 0),
    "Dear Baskets": w.average_365 > 120,
    "Cart Abandoners": (w.carts_30 >= 3) & (w.orders_30 == 0),
}
sizes = {name: int(mask.sum()) for name, mask in segments.items()}
members = pandas.concat([pandas.Series(name, index=w.index[mask]) for name, mask in segments.items()]).sort_index()
ended = time.perf_counter()
with open("/proc/self/status") as status:
    peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
print(json.dumps({"load": started - loading, "seconds": ended - started, "sizes": sizes, "peak": peak * 1024, "members": len(members)}))
