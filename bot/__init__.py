"""The running program: settings, command line, wiring, intake, scheduler, sender, clock."""
