//! A graph to draw, as plain data.

/// A graph to draw. Nodes and clusters are referred to by index, from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drawing {
    /// Titles of the clusters.
    pub clusters: Vec<String>,
    pub nodes: Vec<DrawnNode>,
    pub edges: Vec<DrawnEdge>,
}

/// What becomes of a node or an edge, where two plans are drawn together. The label says it as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DrawnMark {
    Added,
    Removed,
    Changed,
}

impl DrawnMark {
    pub fn sign(self) -> &'static str {
        match self {
            DrawnMark::Added => "+",
            DrawnMark::Removed => "−",
            DrawnMark::Changed => "±",
        }
    }

    /// Of its line, readable on white.
    pub(crate) fn colour(self) -> &'static str {
        match self {
            DrawnMark::Added => "#17703f",
            DrawnMark::Removed => "#b3121d",
            DrawnMark::Changed => "#7d5a00",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnNode {
    /// Unique among the nodes.
    pub id: String,
    /// May have several lines.
    pub label: String,
    pub cluster: Option<usize>,
    /// Others depend on it and nothing defines it.
    pub is_missing: bool,
    pub mark: Option<DrawnMark>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnEdge {
    pub from: usize,
    pub to: usize,
    /// May be empty.
    pub label: String,
    /// Stands for dependencies through nodes that are not drawn.
    pub is_implied: bool,
    pub mark: Option<DrawnMark>,
}

/// A cluster with its title and the indexes of its nodes; the last has the nodes without a cluster.
pub(crate) struct DrawingPart<'a> {
    pub cluster: Option<(usize, &'a str)>,
    pub nodes: Vec<(usize, &'a DrawnNode)>,
}

impl Drawing {
    pub(crate) fn parts(&self) -> Vec<DrawingPart<'_>> {
        let titled = self.clusters.iter().enumerate().map(|(at, title)| Some((at, title.as_str())));
        let mut parts: Vec<DrawingPart<'_>> =
            titled.chain([None]).map(|cluster| DrawingPart { cluster, nodes: Vec::new() }).collect();
        for (at, node) in self.nodes.iter().enumerate() {
            let part = node.cluster.unwrap_or(self.clusters.len()).min(self.clusters.len());
            parts[part].nodes.push((at, node));
        }
        parts
    }
}

/// A drawing whose names have every character that a format could trip over.
#[cfg(test)]
pub(crate) fn odd() -> Drawing {
    let node = |id: &str, label: &str, cluster, is_missing| DrawnNode {
        id: id.to_owned(),
        label: label.to_owned(),
        cluster,
        is_missing,
        mark: None,
    };
    let edge = |from, to, label: &str, is_implied| DrawnEdge {
        from,
        to,
        label: label.to_owned(),
        is_implied,
        mark: None,
    };
    Drawing {
        clusters: vec!["Pay \"ments\" [EU]".to_owned(), "end".to_owned()],
        nodes: vec![
            node("a\"b\\", "A \"quoted\" [x] {y}\nline two", Some(0), false),
            node("<script>", "<script>alert(1)</script> & #35; `x` %%{init: {}}%%", Some(1), false),
            node("猫 ☃", "猫 ☃; end", Some(1), false),
            node("gone", "gone", None, true),
        ],
        edges: vec![
            edge(0, 1, "consumes|api\"", false),
            edge(1, 2, "", true),
            edge(2, 2, "", false),
            edge(0, 3, "", false),
        ],
    }
}

/// A node and an edge of each mark.
#[cfg(test)]
pub(crate) fn marked() -> Drawing {
    let marks = [None, Some(DrawnMark::Added), Some(DrawnMark::Removed), Some(DrawnMark::Changed)];
    let nodes = marks.iter().enumerate().map(|(at, mark)| DrawnNode {
        id: format!("s{at}"),
        label: format!("S{at}"),
        cluster: None,
        is_missing: false,
        mark: *mark,
    });
    let edges = marks.iter().enumerate().map(|(at, mark)| DrawnEdge {
        from: 0,
        to: at,
        label: String::new(),
        is_implied: false,
        mark: *mark,
    });
    Drawing { clusters: Vec::new(), nodes: nodes.collect(), edges: edges.collect() }
}
