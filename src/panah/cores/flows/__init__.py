"""Who moved from where to where, estimated from who lived where, born where, at two times. Pure; see README.md."""

from panah.cores.flows.accounts import Accounts, accounts
from panah.cores.flows.estimates import METHODS, Estimates, Interval, Method, estimate

__all__ = ["METHODS", "Accounts", "Estimates", "Interval", "Method", "accounts", "estimate"]
