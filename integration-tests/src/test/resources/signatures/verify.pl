# SPDX-License-Identifier: Apache-2.0
# Verifies the RSA signatures of a message with Mail::DKIM, which is not used to Ed25519: verify.pl MESSAGE RECORDS.
# RECORDS has lines of a name, a space and the text of a TXT record. Prints "selector result" for each signature.
use strict;
use warnings;
use Mail::DKIM::Verifier;
use Mail::DKIM::PublicKey;

my %records;
open(my $lines, '<', $ARGV[1]) or die $!;
while (<$lines>) { chomp; my ($name, $text) = split / /, $_, 2; $records{$name} = $text; }

no warnings 'redefine';
*Mail::DKIM::PublicKey::fetch_async = sub {
    my ($class, %what) = @_;
    my $text = $records{"$what{Selector}._domainkey.$what{Domain}"};
    my $key = $text ? $class->parse($text) : undef;
    if ($key) { $key->{Selector} = $what{Selector}; $key->{Domain} = $what{Domain}; $key->check; }
    my $found = $what{Callbacks}{Success} || sub { $_[0] };
    return sub { return $found->($key) };
};

my $verifier = Mail::DKIM::Verifier->new;
open(my $message, '<:raw', $ARGV[0]) or die $!;
while (<$message>) { $verifier->PRINT($_); }
$verifier->CLOSE;
print $_->selector, ' ', $_->result, "\n" for $verifier->signatures;
