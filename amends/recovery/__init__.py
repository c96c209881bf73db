"""Making it right: remedies, offers, agreement, delivery, promises."""
