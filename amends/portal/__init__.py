"""The customer's page: no account, one signed link."""
