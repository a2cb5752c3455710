"""People who sign in: accounts, roles, signed-in browsers, links sent by mail, and limits on trying."""
