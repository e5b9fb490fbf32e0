from toolhub.accounts.services.users import system_user, user_create

__all__ = ["system_user", "user_create"]
