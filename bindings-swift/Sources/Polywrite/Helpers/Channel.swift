/// Makes the names of channels: where the events of a subscription of `Realtime` come from. Empty IDs are left out.
public enum Channel {}
