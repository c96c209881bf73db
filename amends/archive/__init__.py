"""Closed facts as Parquet, month by month, without a name in them, and what is asked of all of history at once."""
