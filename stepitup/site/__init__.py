"""The roof: settings, addresses, the process that serves, the console. It may know all three entrances."""
