"""Mail, through the mail server that the team's file names."""
